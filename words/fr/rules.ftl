# Ce que disent les règles standard ; la clé est le texte anglais.

mitigation-value-has-no-owner = la mesure d’atténuation { $value } n’a pas de responsable
