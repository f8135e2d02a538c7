"""The coding workspace: sources, transcript, codes and segment details."""
