import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExamplePage, hostile, openExample, popupNamed, restingSpots } from './example-page.ts';

/** What holds for every example page that shows a network in a map library. */
export function describeExample(name: string): void {
  describe(`the example ${name}`, () => {
    let example: ExamplePage;
    beforeAll(async () => {
      example = await openExample(name);
    });
    afterAll(() => example.close());

    test('shows the network, and in a popup names as text, whatever markup they hold', async () => {
      const { page } = example;
      const { rose } = await restingSpots(page);
      await page.mouse.click(rose.x, rose.y);
      expect(await popupNamed(page, hostile.rose)).toEqual({
        text: `${hostile.rose} (14 links)`,
        elements: ['strong', 'bdi'],
        isInOrder: true,
        isHacked: false,
      });
    });

    test('lets no name turn what follows it', async () => {
      const { page } = example;
      const { indigo } = await restingSpots(page);
      await page.mouse.click(indigo.x, indigo.y);
      expect(await popupNamed(page, 'abc')).toMatchObject({
        text: 'abc fed ghi (11 links)',
        elements: ['strong', 'bdi'],
        isInOrder: true,
      });
    });

    test('is zoomed by the wheel and panned by the mouse', async () => {
      const { page } = example;
      const { rose } = await restingSpots(page);
      await page.mouse.move(rose.x, rose.y);
      await page.mouse.wheel({ deltaY: -300 });
      const zoomed = await restingSpots(page, (spots) => spots.rose.pixels > 1.3 * rose.pixels);
      await page.mouse.move(310, 400);
      await page.mouse.down();
      await page.mouse.move(250, 380, { steps: 6 });
      await page.mouse.up();
      const panned = await restingSpots(page, (spots) => spots.rose.x < zoomed.rose.x - 30);
      expect(panned.rose.y).toBeLessThan(zoomed.rose.y);
    });

    test('has complained of nothing', () => {
      expect(example.complaints).toEqual([]);
    });
  });
}
