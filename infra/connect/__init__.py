"""Amazon Connect's flows: written in flows/, checked by lint, put into infra/voice.yaml by embed."""
