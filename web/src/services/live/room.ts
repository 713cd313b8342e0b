import type { Room } from '../../slots';

/** What changes in the hub reaches the open page, over one stream that resumes where it was. */
export const live: Room = {
  pages: [],
  chart: [],
  home: [],
  layer: () => import('./live.panel'),
};
