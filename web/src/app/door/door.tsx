import type { ReactNode } from 'react';
import { LanguageMenu, SchemeButton } from '../station-buttons';
import './door.css';

/** A page outside of the shell: one card, the language and the colours. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mh-door">
      <header className="mh-header">
        <span className="mh-brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          <span>Medical Hub</span>
        </span>
        <span className="mh-grow" />
        <LanguageMenu />
        <SchemeButton />
      </header>
      <main className="mh-door-card">
        <h1 className="mh-title">{title}</h1>
        {children}
      </main>
    </div>
  );
}
