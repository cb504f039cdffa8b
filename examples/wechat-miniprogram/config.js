// The address of the Yizhan page. Its domain must be among the mini-program's
// 业务域名 (business domains).
module.exports = { page: "https://yizhan.example/" };
