// The pictures in the documents show what they must, however slowly the data arrives.

import { expect, test } from "./nearby.mjs";
import { PICTURES, openPicture } from "./pictures.mjs";

for (const picture of PICTURES) {
  test(`the picture "${picture.name}" is of no loading screen`, async ({ page, server }) => {
    // Every response is late, so that a picture taken too early would show a loading screen.
    server.setFault((path) => (path.startsWith("/data/") ? { does: "late" } : undefined));
    await openPicture(page, server, picture);
    // Without waiting, since the picture is taken at this moment.
    expect(await page.getByText(/正在取|正在找|Loading/).count()).toBe(0);
  });
}
