def test_what_the_makers_guide_shows_is_read(seeds: Seeds) -> None:
    """The examples in ``PACKS.md``, of which the overlay fits the guide as it is."""
    text = (SEEDS / "PACKS.md").read_text(encoding="utf-8")
    manifest, overlay = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert read_manifest(manifest.replace("RW…", "RWS"))[1] == []
    read, _, problems = read_overlay(overlay, "overlays/x.yaml")
    assert problems == []
    assert read is not None
    assert apply(card(seeds), read.changes)[1] == ()
