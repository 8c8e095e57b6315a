"""Function words: they carry no subject of their own."""

STOPWORDS = frozenset(
    """
        och eller men samt utan att som i på av för till från med om vid hos under över efter före
        mellan inom ur mot genom enligt per åt kring runt längs bland trots sedan tills medan innan
        när då där här dit hit hur var vart vad vem vems vilka vilken vilket varför huruvida ifall
        den det de dem dess deras denna detta dessa en ett någon något några ingen inget inga all
        allt alla varje var vardera respektive sin sitt sina hans hennes jag du vi ni han hon man
        mig dig oss er min mitt mina din ditt dina vår vårt våra ert era sig själv är var vara varit
        blir bli blev blivit har ha hade haft kan kunna kunde får få fick fått ska skall skulle vill
        ville måste bör borde brukar finns fanns finnas gör göra gjorde gjort sker ske så också även
        bara endast inte ej icke mycket mer mest många lite mindre minst helt just nu redan än ännu
        ju nog väl dock alltså därför eftersom ifall såsom sådan sådana sådant t ex dvs bl a m osv
        etc ca cirka samtliga båda både annan annat andra vissa viss ja nej tack hej the of and in
        to for with which what who when how is are does do a an on by any there upp ut ner in fram
        bort tillbaka exklusive inklusive
    """.split()
)
"""Particles (upp, ut) are here too: the verb they belong to carries the subject."""
