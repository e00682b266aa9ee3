"""How the shipped model is made: marked text, training, quantisation, export and measuring."""
