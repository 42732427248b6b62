# The first checks of the runbook for a flood of alerts. `looks` runs them.

# --8<-- [start:systems]
amtool alert query --active --inhibited --output=json severity=page |
  grep -o '"depends_on":"[^"]*"' | sort | uniq -c | sort -rn
# --8<-- [end:systems]

# --8<-- [start:system]
amtool alert query --active --inhibited severity=page service=rides-db
# --8<-- [end:system]

# --8<-- [start:silences]
amtool silence query
# --8<-- [end:silences]
