import type { ReactNode } from 'react';

/** Line icons, 16 by 16, in the colour of the text around them. They repeat what a label says. */
function icon(path: ReactNode) {
  return function Icon({ size = 16 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {path}
      </svg>
    );
  };
}

export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
    <path d="M10.5 3.5v-1h-8v8h1" />
  </>,
);
/** What crosses a border, and what does not. */
export const BorderIcon = icon(
  <>
    <path d="M8 2v2M8 7v2M8 12v2" />
    <path d="M2.5 5h11m-2.5-2.5L13.5 5 11 7.5M2.5 11H6m-1.5-1.5 3 3m0-3-3 3" />
  </>,
);
export const CheckIcon = icon(<path d="m3 8.5 3.2 3L13 4.5" />);
export const CrossIcon = icon(<path d="m4 4 8 8M12 4l-8 8" />);
export const MapIcon = icon(
  <>
    <rect x="1.5" y="2.5" width="5" height="4" rx="1" />
    <rect x="9.5" y="9.5" width="5" height="4" rx="1" />
    <path d="M4 6.500v3a2 2 0 0 0 2 2h3.500" />
  </>,
);
export const LinkIcon = icon(<path d="M2 12V7.500M14 12V7.500M2 8.500c3-4.500 9-4.500 12 0M2 12h12" />);
export const InboxIcon = icon(<path d="M2 9.500 4 3h8l2 6.500V13H2V9.500h3.500a2.500 2.500 0 0 0 5 0H14" />);
export const HistoryIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.500" />
    <path d="M8 5v3l2 1.500" />
  </>,
);
export const PathIcon = icon(
  <>
    <circle cx="3" cy="12.500" r="1.500" />
    <circle cx="13" cy="3.500" r="1.500" />
    <path d="M4.500 12.500H8a2 2 0 0 0 2-2v-5a2 2 0 0 1 1.500-2" />
  </>,
);
export const NetIcon = icon(
  <>
    <rect x="2" y="2.500" width="12" height="11" rx="2" />
    <path d="M2 6.500h12M6.500 6.500v7" />
  </>,
);
export const RouteIcon = icon(<path d="M2 4h7l3 4-3 4H2M5 8h6.500" />);
export const ShieldIcon = icon(
  <path d="M8 1.800 13.500 4v4c0 3-2.200 5.200-5.500 6.300C4.700 13.200 2.500 11 2.500 8V4z" />,
);
export const GlobeIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M2 8h12M8 2c2.200 1.800 3 3.800 3 6s-.8 4.200-3 6M8 2C5.800 3.800 5 5.800 5 8s.8 4.200 3 6" />
  </>,
);
export const NatIcon = icon(
  <path d="M2 4h3l6 8h3M2 12h3l2-2.700M9 6.700 11 4h3M12.500 2.500 14 4l-1.500 1.500M12.500 10.500 14 12l-1.500 1.500" />,
);
export const AddressIcon = icon(
  <>
    <path d="M8 14.500s4.500-4.200 4.500-8a4.500 4.500 0 0 0-9 0c0 3.800 4.500 8 4.500 8Z" />
    <circle cx="8" cy="6.500" r="1.500" />
  </>,
);
export const PersonIcon = icon(
  <>
    <circle cx="8" cy="5" r="2.800" />
    <path d="M2.500 14c.5-3 2.700-4.500 5.500-4.500s5 1.500 5.500 4.500" />
  </>,
);
export const VmIcon = icon(
  <>
    <rect x="2" y="3" width="12" height="8" rx="1.500" />
    <path d="M5.500 13.500h5" />
  </>,
);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.800" />
    <path d="M8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M3.400 12.600l.7-.7M11.900 4.100l.7-.7" />
  </>,
);
export const MoonIcon = icon(<path d="M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500Z" />);
export const ArrowIcon = icon(<path d="M3 8h10M9.500 4.500 13 8l-3.500 3.500" />);
