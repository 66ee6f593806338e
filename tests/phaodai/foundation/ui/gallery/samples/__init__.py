"""Invented data of Tỉnh Bình Minh on 24/11/2021, as the pages of the gallery show them."""
