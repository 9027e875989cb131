# Ce que le moteur dit lui-même ; la clé est le texte anglais.

first-given-here = d’abord donné ici
