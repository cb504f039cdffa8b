//! The page of instructions in the archive: how these files get onto this site.

use yizhan::publish::escaped;

/// The name of the page in the archive.
pub const NAME: &str = "怎么发布-how-to-publish.html";

/// Where a site lies, as its address tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Host {
    /// Files in a repository.
    Repository,
    /// A bucket of an object storage.
    Bucket,
    /// A web server.
    Server,
}

impl Host {
    fn of(site: &str) -> Self {
        let rest = site.split_once("://").map_or(site, |(_, rest)| rest);
        let name = rest.split(['/', ':']).next().unwrap_or_default();
        let is_under = |domains: &[&str]| domains.iter().any(|domain| name.ends_with(domain));
        if is_under(&[".github.io", ".gitee.io", ".gitlab.io", ".pages.dev"]) {
            Self::Repository
        } else if is_under(&[
            ".aliyuncs.com",
            ".myqcloud.com",
            ".myhuaweicloud.com",
            ".amazonaws.com",
        ]) {
            Self::Bucket
        } else {
            Self::Server
        }
    }

    fn step(self) -> (&'static str, &'static str) {
        match self {
            Self::Repository => (
                "打开网站的代码仓库，进入 data 文件夹，上传里面的所有文件，提交。",
                "Open the site's repository, go to its folder data, upload all files and commit.",
            ),
            Self::Bucket => (
                "打开对象存储的控制台，进入这个网站的 data 目录，上传里面的所有文件；.gz 和 .br 也要传。",
                "Open the console of the object storage, go to the site's directory data, upload all files, .gz and .br too.",
            ),
            Self::Server => (
                "用平时更新网站的办法（SFTP、FTP、面板的文件管理），把里面的所有文件传到网站的 data 文件夹；.gz 和 .br 也要传。",
                "With whatever you update the site with (SFTP, FTP, a control panel), copy all files into its folder data, .gz and .br too.",
            ),
        }
    }
}

/// The page, for the site at this address.
#[must_use]
pub fn instructions(site: &str) -> String {
    let site_html = escaped(site);
    let (zh, en) = Host::of(site).step();
    format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>怎么发布</title>\n\
         <h1>怎么发布</h1>\n<p>网站：<a href=\"{site_html}\">{site_html}</a></p>\n<ol>\n\
         <li>解压，得到 data 文件夹。</li>\n<li>{zh}</li>\n\
         <li>manifest.yz 和 first.yz 最后传。不要先删旧文件：正在看的骑手还要用。</li>\n\
         <li>打开网站，页面最下面的日期应该是今天。</li>\n</ol>\n\
         <section lang=\"en\">\n<h2>How to publish</h2>\n<ol>\n\
         <li>Unpack: a folder named data.</li>\n<li>{en}</li>\n\
         <li>manifest.yz and first.yz last. Delete no old files before: riders are reading them.</li>\n\
         <li>Open the site: the date at its foot should be today's.</li>\n</ol>\n</section>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_that_of_the_site() {
        let hosts = [
            ("https://union.github.io/rest/", Host::Repository),
            ("https://rest.oss-cn-shanghai.aliyuncs.com/", Host::Bucket),
            ("https://rest.union.example/", Host::Server),
            ("http://127.0.0.1:8080/a.github.io/", Host::Server),
            ("", Host::Server),
        ];
        for (site, host) in hosts {
            assert_eq!(Host::of(site), host, "{site}");
            assert!(instructions(site).contains(host.step().0), "{site}");
        }
        assert!(!instructions("https://<b>/").contains("<b>"));
    }
}
