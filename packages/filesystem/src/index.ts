// The package's exports, named one by one.
