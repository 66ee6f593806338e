"""Line lists in and out: files as tables, tables as rows of values, rows that wait as a file to mend."""
