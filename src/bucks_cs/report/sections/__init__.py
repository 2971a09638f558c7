"""The sections of the update of October 2022, each made of the record's typed objects and readings."""
