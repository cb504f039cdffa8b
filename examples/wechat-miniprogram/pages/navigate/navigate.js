// The page in the web-view comes here to show the way: only a mini-program's own page
// may open WeChat's map.

function decoded(text) {
  try {
    return decodeURIComponent(text || "");
  } catch (error) {
    return text;
  }
}

Page({
  data: { name: "", address: "", failed: false },

  onLoad({ lat, lon, name, address }) {
    this.place = {
      // Numbers, on GCJ-02: iPhones refuse the same as texts.
      latitude: Number(lat),
      longitude: Number(lon),
      name: decoded(name),
      address: decoded(address),
      scale: 16,
    };
    this.setData({ name: this.place.name, address: this.place.address });
    this.go();
  },

  go() {
    this.hasOpened = false;
    wx.openLocation({
      ...this.place,
      success: () => (this.hasOpened = true),
      fail: () => this.setData({ failed: true }),
    });
  },

  // Back from the map: back to the list, and not to an empty page.
  onShow() {
    if (this.hasOpened) wx.navigateBack();
  },
});
