"""The course of a person's help over time: episodes, who held which role, meetings and agreements."""
