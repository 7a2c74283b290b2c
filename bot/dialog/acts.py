"""What the bot does in one turn, before it is put into words."""


