/** Where the lanes lie: the place of an instant, and the edges of the drawing. */
export interface Frame { x: (time: number) => number; left: number; right: number }
