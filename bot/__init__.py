"""The gateway: webhooks in, conversations, handoffs, replies out."""
