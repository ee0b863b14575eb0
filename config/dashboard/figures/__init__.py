"""One function a figure: from a scope and a period to a frozen dataclass with its n."""
