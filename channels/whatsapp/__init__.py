"""WhatsApp adapter: see README.md."""
