"""People at work, by locust: `make load`.

An analyst makes a claim every 20 to 40 seconds (opens the form, thinks for 12 to 22, saves, and
looks about for 8 to 16), puts one in four right and undoes one in ten of the others. A reviewer
does something every 10 to 25 seconds: looks at the queue and an incident, approves, decides now
and then. An exporter takes the whole desk along, again after 20 to 40. All sign in once, two a
second, each from an address of their own (PROXIES=1), so that no limit of the site is switched off
and none hides what it bears.
"""
