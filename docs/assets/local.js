// Nothing here on a static site; the local server answers with its own.
