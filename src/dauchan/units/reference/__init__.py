"""Administrative units of province 46 as dated reference data: see SOURCES.md in this folder."""
