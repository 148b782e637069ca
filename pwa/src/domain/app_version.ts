/** The version of this app, as the server and files name it. */
export const APP_VERSION = '1.0.0';
