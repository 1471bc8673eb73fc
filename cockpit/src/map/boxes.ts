/** Boxes placed in larger ones, in pixels of the map as it is where nothing is zoomed. */

export type Place = { x: number; y: number; width: number; height: number };

/** What stands where, by its id; the places begin at 0, 0. */
export type Box = { places: ReadonlyMap<string, Place>; width: number; height: number };

export type Size = { width: number; height: number };

/** How large a box can be drawn in a frame; 1 is without zoom. */
export function scaleIn(frame: Size, box: Size): number {
  return Math.min(frame.width / box.width, frame.height / box.height);
}

export function moved(places: ReadonlyMap<string, Place>, x: number, y: number): Map<string, Place> {
  return new Map([...places].map(([id, place]) => [id, { ...place, x: place.x + x, y: place.y + y }]));
}

/** The box around these places. */
export function around(places: ReadonlyMap<string, Place>): Box {
  const all = [...places.values()];
  const left = Math.min(...all.map((place) => place.x));
  const top = Math.min(...all.map((place) => place.y));
  return {
    places: moved(places, -left, -top),
    width: Math.max(...all.map((place) => place.x + place.width)) - left,
    height: Math.max(...all.map((place) => place.y + place.height)) - top,
  };
}

/** The widths that are tried, by the width that would do if no room were lost. */
const WIDTHS = [0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5];

/** All of them on shelves, so that they can be drawn as large as possible in the frame. */
export function shelved(boxes: readonly Box[], gap: number, frame: Size): Box {
  const area = boxes.reduce((sum, it) => sum + (it.width + gap) * (it.height + gap), 0);
  const ideal = Math.sqrt((area * frame.width) / frame.height);
  const widest = Math.max(...boxes.map((it) => it.width));
  return WIDTHS.map((factor) => shelves(boxes, gap, Math.max(factor * ideal, widest))).reduce((best, next) =>
    scaleIn(frame, next) > scaleIn(frame, best) ? next : best,
  );
}

/** On shelves of that width; what is lower than its shelf leaves room below for what is as narrow. */
function shelves(boxes: readonly Box[], gap: number, width: number): Box {
  const placed: [string, Place][] = [];
  let shelf = { y: 0, height: 0 };
  let column = { x: 0, width: 0, y: 0 };
  for (const next of boxes) {
    const isBelow = next.width <= column.width && column.y + next.height <= shelf.y + shelf.height;
    if (!isBelow) {
      const x = column.width === 0 ? 0 : column.x + column.width + gap;
      if (x > 0 && x + next.width > width) {
        shelf = { y: shelf.y + shelf.height + gap, height: 0 };
        column = { x: 0, width: next.width, y: shelf.y };
      } else {
        column = { x, width: next.width, y: shelf.y };
      }
    }
    placed.push(...moved(next.places, column.x, column.y));
    shelf.height = Math.max(shelf.height, column.y - shelf.y + next.height);
    column.y += next.height + gap;
  }
  return around(new Map(placed));
}
