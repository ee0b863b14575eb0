// Written in full below.
