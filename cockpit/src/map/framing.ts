import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { Size } from './boxes.ts';
import type { Layout } from './layout.ts';

/** Below the Nets there is room for the controls, which would lie upon them. */
export const WHOLE = { maxZoom: 1.1, padding: { x: '4%', top: '5%', bottom: '60px' } } as const;

/** When it is framed once more, in milliseconds. */
const AGAIN = 300;

/**
 * Keeps in the frame what matters: what the search found, else everything. It does so again when the frame or what is in
 * it changes, until somebody moves the map by hand; another search, asking for all of it, or a telephone that is turned and
 * has the Nets laid out for another room, starts anew.
 */
export function useFraming(places: Layout['places'], found: ReadonlySet<string>, room: Size) {
  const { fitView } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const wanted = [...found].join(' ');
  /** The search in which somebody moved the map by hand. */
  const moved = useRef<string>(undefined);
  const before = useRef(room);

  useEffect(() => {
    if (before.current !== room) {
      before.current = room;
      moved.current = undefined;
    }
    if (width === 0 || height === 0) {
      return undefined;
    }
    const frame = () => {
      if (moved.current !== wanted) {
        const ids = wanted === '' ? [...places.keys()] : wanted.split(' ');
        const duration = wanted === '' ? 0 : 200;
        void fitView({ ...WHOLE, duration, nodes: ids.map((id) => ({ id })) });
      }
    };
    frame();
    // A map that is made anew, for a telephone that was turned, may not be ready yet.
    const again = setTimeout(frame, AGAIN);
    return () => clearTimeout(again);
  }, [width, height, places, wanted, room, fitView]);

  return {
    onMoveStart: (event: unknown) => {
      moved.current = event === null ? moved.current : wanted;
    },
    onFitView: () => {
      moved.current = undefined;
    },
  };
}
