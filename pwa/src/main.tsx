import { render } from 'preact';
import './styles/fonts.css';
import './styles/tokens.css';

const root = document.getElementById('app');
if (root) render(<h1>Bao Phủ</h1>, root);
