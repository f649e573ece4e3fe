"""Addresses of control cards, for officers of units."""

from django.urls import path

from dauchan.web.cards import cards, downloads, issuing

app_name = "cards"

urlpatterns = [
    path("", cards.card_list, name="cards"),
    path("new/", issuing.new_card, name="new"),
    path("many/", issuing.many_cards, name="many"),
    path("print.pdf", downloads.many, name="print"),
    path("<int:card_id>/", cards.card_page, name="card"),
    path("<int:card_id>/card.pdf", downloads.one, name="pdf"),
    path("<int:card_id>/revoke/", cards.revoke, name="revoke"),
    path("<int:card_id>/undo/", cards.undo, name="undo"),
    path("<int:card_id>/replace/", cards.replace, name="replace"),
]
