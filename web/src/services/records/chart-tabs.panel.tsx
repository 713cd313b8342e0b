import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartSlot } from '../../slots';
import './chart.css';

/** How many links stand on the first line; asked again whenever the width changes. */
function useFitting(count: number) {
  const nav = useRef<HTMLElement>(null);
  const [fit, setFit] = useState(count);
  useEffect(() => {
    const element = nav.current;
    if (!element) return;
    const measure = () => {
      const links = [...element.querySelectorAll('a')];
      const top = links[0]?.offsetTop ?? 0;
      setFit(links.filter((link) => link.offsetTop === top).length);
    };
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    // Words that come later (another language, the font) change the widths too.
    void document.fonts?.ready.then(measure);
    return () => watch.disconnect();
  }, [count]);
  return { nav, fit };
}

/** The sections of a chart on one line; what does not fit is in the menu at its end. */
export function ChartTabs({ patientId, sections }: { patientId: string; sections: ChartSlot[] }) {
  const { t } = useTranslation();
  const { nav, fit } = useFitting(sections.length);
  const here = useLocation({ select: (location) => location.pathname });
  const to = ({ path }: ChartSlot) => (path ? `/patients/${patientId}/${path}` : `/patients/${patientId}`);
  const rest = sections.slice(fit);
  const current = rest.find((section) => to(section) === here);
  return (
    <div className="mh-chart-tabs">
      <nav aria-label={t('chart.sections')} ref={nav}>
        {sections.map((section, index) => (
          <Link key={section.key} to={to(section)} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }} data-hidden={index >= fit || undefined} tabIndex={index >= fit ? -1 : undefined}>
            {t(`section.${section.key}`)}
          </Link>
        ))}
      </nav>
      {rest.length > 0 && (
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <button type="button" className="mh-chart-more" data-current={current ? true : undefined}>
              {current ? t(`section.${current.key}`) : t('act.more')}
              <IconChevronDown size={14} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map((section) => (
              <Menu.Item key={section.key} component={Link} to={to(section)}>{t(`section.${section.key}`)}</Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
