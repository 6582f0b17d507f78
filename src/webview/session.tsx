import { render } from 'preact';
import { SessionApp } from './session/app';
import { SessionLink } from './session/link';
import './session.css';

const root = document.getElementById('root');
if (root) render(<SessionApp link={new SessionLink()} />, root);
