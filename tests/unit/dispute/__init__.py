"""The derived states: what `claims.dispute` promises."""
