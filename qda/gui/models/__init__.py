"""Item models that know no widgets."""
