// A stand-in for the interfaces that WeChat gives to pages and mini-programs, including their
// failures, written from its public documents. It was not compared with WeChat itself.

/**
 * A script that replaces jweixin.js in a page. `options`: `refusesFirst`, the first getLocation
 * fails, as on iPhones; `refuses`, each one fails; `isUnsigned`, the signature is wrong.
 * `window.asked` records the calls.
 */
export function wechatScript(options = {}) {
  return `(${install})(${JSON.stringify(options)});`;
}

function install({ refusesFirst = false, refuses = false, isUnsigned = false }) {
  const asked = (window.asked = []);
  let isReady = false;
  let ready = () => {};
  let failed = () => {};
  let locations = 0;
  const answer = (options, name, error, result) => {
    asked.push({ call: name, ...options });
    setTimeout(() => {
      if (error) options.fail?.({ errMsg: `${name}:${error}` });
      else options.success?.({ errMsg: `${name}:ok`, ...result });
    });
  };
  window.wx = {
    config({ appId, timestamp, nonceStr, signature, jsApiList }) {
      asked.push({ call: "config", appId, timestamp, nonceStr, signature, jsApiList });
      setTimeout(() => {
        isReady = !isUnsigned;
        if (isReady) ready();
        else failed({ errMsg: "config:invalid signature" });
      });
    },
    ready(callback) {
      ready = callback;
      if (isReady) callback();
    },
    error(callback) {
      failed = callback;
    },
    getLocation(options) {
      locations += 1;
      const fails = !isReady || refuses || (refusesFirst && locations === 1);
      // On GCJ-02 only if the caller asks for it.
      const [longitude, latitude] = options.type === "gcj02" ? [121.478223, 31.228458] : [121.4737, 31.2304];
      answer(options, "getLocation", fails && "fail", { longitude, latitude, accuracy: 30, speed: 0 });
    },
    openLocation(options) {
      const areNumbers = typeof options.latitude === "number" && typeof options.longitude === "number";
      const error = !isReady ? "fail" : !areNumbers ? "invalid_coordinate" : options.scale < 1 || options.scale > 28 ? "fail" : "";
      answer(options, "openLocation", error, {});
    },
  };
}

/**
 * The `wx` of a mini-program's own pages. `calls` records the calls; `located` are the answers of
 * getLocation in order, null for a refusal.
 */
export function miniProgram({ located = [], fontSizeScaleFactor = 1, opens = true } = {}) {
  const calls = [];
  const note = (name, options) => calls.push({ call: name, ...options });
  return {
    calls,
    wx: {
      getAppBaseInfo: () => ({ fontSizeScaleFactor }),
      getLocation(options) {
        note("getLocation", options);
        const place = located.shift();
        if (place) options.success({ longitude: place.lon, latitude: place.lat, accuracy: 30 });
        else options.fail({ errMsg: "getLocation:fail auth deny" });
      },
      openLocation(options) {
        note("openLocation", options);
        const areNumbers = typeof options.latitude === "number" && typeof options.longitude === "number";
        if (opens && areNumbers) options.success({});
        else options.fail({ errMsg: "openLocation:fail" });
      },
      navigateBack: () => note("navigateBack", {}),
    },
  };
}
