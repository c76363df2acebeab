from skm.store import Store, open_store


def test_a_key_is_the_same_for_every_node(store: Store, store_url: str) -> None:
    key = store.shared_key("formulir")
    assert len(key) == 32
    assert store.shared_key("lain") != key
    with open_store(store_url) as other:
        assert other.shared_key("formulir") == key
