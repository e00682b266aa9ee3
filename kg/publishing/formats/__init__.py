"""Writers of the files of bundles and exports."""
