"""DingTalk (钉钉): the robot by HTTP and by Stream, interactive cards, and the digest for a group."""
