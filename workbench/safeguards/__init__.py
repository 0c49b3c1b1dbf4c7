"""Above the rooms they act on: consent at use, the gate, masks that reach everywhere, withdrawal."""
