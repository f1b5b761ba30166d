"""The desk for scripts: `/api/v1/`. The same nouns, permissions and actions as the pages."""
