const GAP = 8;

/** The banner is never covered: what the header opens starts under it, by so many pixels. */
export const underBanner = (): number => GAP + ['.mh-banner', '.mh-emergency'].reduce((height, part) => height + (document.querySelector(part)?.clientHeight ?? 0), 0);
