import './app/styles';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { readLanguage } from './app/preferences';
import { startLanguage } from './i18n';

const root = document.getElementById('root');
if (root) {
  await startLanguage(readLanguage());
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
