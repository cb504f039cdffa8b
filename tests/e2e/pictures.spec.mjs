// The pictures of the documents show what they are meant to show, however slowly it comes.

import { expect, test } from "./nearby.mjs";
import { PICTURES, openPicture } from "./pictures.mjs";

for (const picture of PICTURES) {
  test(`the picture "${picture.name}" is of no loading screen`, async ({ page, server }) => {
    // Every answer comes late, so that a picture taken too early would show it.
    server.setFault((path) => (path.startsWith("/data/") ? { does: "late" } : undefined));
    await openPicture(page, server, picture);
    // At once: the picture is taken now.
    expect(await page.getByText(/正在取|正在找|Loading/).count()).toBe(0);
  });
}
