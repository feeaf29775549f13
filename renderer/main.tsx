/** The interface: the same bundle in the desktop shell and in a browser. */
import { createRoot } from 'react-dom/client';
import { MendwayApp } from './app/MendwayApp.tsx';
import { initText } from './text/react.ts';
import './ui/ui.css';
import './app/app.css';

initText();

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<MendwayApp />);
