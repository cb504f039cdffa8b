const { page } = require("../../config.js");

// How large the person wants letters, as the page's address takes it: 1.00 to 1.67.
function scale() {
  const info = wx.getAppBaseInfo ? wx.getAppBaseInfo() : wx.getSystemInfoSync();
  const factor = info.fontSizeScaleFactor || (info.fontSizeSetting || 16) / 16;
  return Math.min(Math.max(factor, 1), 1.67).toFixed(2);
}

// All of it stands behind the #, which no server sees. Chinese is encoded: as it is, it
// leaves iPhones with a white screen.
function address(parts) {
  const pairs = Object.entries(parts).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `${page}#${pairs.join("&")}`;
}

Page({
  data: { src: "" },

  // The rider tapped: only now is WeChat asked where he is.
  find() {
    this.ask(2);
  },

  ask(tries) {
    wx.getLocation({
      // What WeChat's maps use; the page is told so.
      type: "gcj02",
      success: ({ longitude, latitude }) => {
        this.open({ at: `${longitude},${latitude}`, crs: "gcj02" });
      },
      // On iPhones the first call may fail while WeChat itself is still asking.
      fail: () => (tries > 1 ? this.ask(tries - 1) : this.choose()),
    });
  },

  // Without a position the page lets the rider choose a place, and does all else too.
  choose() {
    this.open({ view: "pick" });
  },

  open(parts) {
    this.setData({ src: address({ ...parts, scale: scale() }) });
  },
});
