"""Fakes of every provider: each refuses what the real one refuses, accepts the rest, and reports on it.

A fake stands at `/wire/<the provider's host>/…` (of AWS's services: `/aws/<service>/…`), so that the deployed
functions speak to it as they would to the provider. What it takes is kept in the outbox; receipts, and what a
patient's phone writes, go to the real webhooks, signed as the provider signs, or through SNS in the emulator.

Reading order: `provider` (what all of them share), `people` and `files` (what a phone sends), `post` (how a
provider reaches us), then one module a provider. `network` puts them together.
"""
