variable "endpoint" {
  type    = string
  default = ""
}

variable "source_ami" {
  type    = string
  default = "ami-0aaaaaaaaaaaaaaa2"
}

source "amazon-ebs" "shop" {
  ami_name      = "shop-{{timestamp}}"
  region        = var.region
  source_ami    = var.source_ami
  instance_type = "t3.small"
  communicator  = "none"

  custom_endpoint_ec2 = var.endpoint
}

build {
  sources = ["source.amazon-ebs.shop"]
}

variable "region" { default = "us-east-1" }
