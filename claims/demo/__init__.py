"""The demo workspace: its content as files, and what makes it of them."""
