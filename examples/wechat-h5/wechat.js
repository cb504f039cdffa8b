// The union's page gives the stations what WeChat gives only to pages that its own
// server has signed for: where the rider is, and WeChat's map.

const stations = document.querySelector("yizhan-stations");
const isWeChat = /MicroMessenger/i.test(navigator.userAgent);
const isIPhone = /iPhone|iPad/.test(navigator.userAgent);

// iPhones check the signature against the address with which WeChat was entered,
// all others against the present one; the part behind the # never counts.
const entry = location.href.split("#")[0];
const signedAddress = () => (isIPhone ? entry : location.href.split("#")[0]);

const configured = isWeChat ? configure() : Promise.reject(new Error("not in WeChat"));
configured.catch(() => {});

async function configure() {
  // The signature needs a secret, so the union's server makes it:
  // SHA-1 of jsapi_ticket, noncestr, timestamp and url, see README.md.
  const answer = await fetch(`/wechat/signature?url=${encodeURIComponent(signedAddress())}`);
  if (!answer.ok) throw new Error(`signature: ${answer.status}`);
  const { appId, timestamp, nonceStr, signature } = await answer.json();
  return new Promise((ready, failed) => {
    wx.ready(ready);
    wx.error(failed);
    wx.config({ appId, timestamp, nonceStr, signature, jsApiList: ["getLocation", "openLocation"] });
  });
}

// gcj02 is what WeChat's own map uses; the stations are told so.
function getLocation() {
  return new Promise((success, failed) => {
    wx.getLocation({ type: "gcj02", success, fail: failed, cancel: failed });
  });
}

async function locate() {
  await configured;
  // On iPhones the first call may fail while WeChat itself is still asking.
  const { longitude, latitude, accuracy } = await getLocation().catch(getLocation);
  return { lon: Number(longitude), lat: Number(latitude), crs: "gcj02", accuracy_m: Number(accuracy) };
}

// Outside WeChat the browser is asked instead, whose positions are on WGS-84.
function askBrowser() {
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        found({ lon: coords.longitude, lat: coords.latitude, crs: "wgs84", accuracy_m: coords.accuracy }),
      failed,
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

// The rider tapped "find the nearest": only now is anybody asked where he is.
stations.addEventListener("yizhan-locate", (event) => {
  event.preventDefault();
  const found = isWeChat ? locate() : askBrowser();
  found.then(
    (position) => stations.setPosition(position),
    () => stations.setPosition(null),
  );
});

// The rider tapped "go there". Where WeChat's map cannot open, the link does.
stations.addEventListener("yizhan-navigate", (event) => {
  if (!isWeChat) return;
  event.preventDefault();
  const { name, address, gcj02, map } = event.detail;
  const follow = () => (location.href = map);
  configured.then(
    () =>
      // Numbers: iPhones refuse the same as texts.
      wx.openLocation({ latitude: gcj02.lat, longitude: gcj02.lon, name, address, scale: 16, fail: follow }),
    follow,
  );
});
