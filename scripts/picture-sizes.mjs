/** Width and height of the windows that are looked at: a phone, a small laptop, the usual window, a large screen. */
const SIZES = { 360: 780, 1024: 640, 1360: 860, 2560: 1440 };

/** Each of these pictures at each size, in both themes. */
export function atEverySize(seen) {
  return Object.entries(seen).flatMap(([name, picture]) =>
    Object.entries(SIZES).flatMap(([width, height]) =>
      ['dark', 'light'].map((colorScheme) => ({
        name: `all-${name}-${width}-${colorScheme}`,
        ...picture,
        context: { viewport: { width: Number(width), height }, colorScheme },
      })),
    ),
  );
}
