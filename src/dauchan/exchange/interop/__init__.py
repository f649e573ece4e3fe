"""Files of other outbreak systems, read into one plain shape: SORMAS, DHIS2 tracker, Go.Data, FHIR R4.

Reading needs no database. Nothing is guessed in silence: what could not be read is a fault that names its place in the file,
and what was passed over is counted by the name it has there. The way on is `case_rows`, whose rows the intake of case lists
checks beside what is known, like any other list.
"""
