"""Every thesis table: counted in `thesis`, shown in `rendering`; a `Table` once counted needs no store."""
