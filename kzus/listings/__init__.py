"""The lists that kzus knows, one a collection: columns, filters, and what a terminal shows. A query loads one."""
